/// One client: its fields, the history of its scores, its situation, and the evaluation that changes them.
@NullMarked
package clientkpis.kpi.client;

import org.jspecify.annotations.NullMarked;
