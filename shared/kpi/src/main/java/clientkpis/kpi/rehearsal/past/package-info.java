/// What a rehearsal is fed with: the days of every client, as the table had them and as each configuration judges them.
@NullMarked
package clientkpis.kpi.rehearsal.past;

import org.jspecify.annotations.NullMarked;
