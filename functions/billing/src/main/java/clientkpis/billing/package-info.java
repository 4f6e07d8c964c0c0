/// Titles as fields: what is paid, due and overdue.
@NullMarked
package clientkpis.billing;

import org.jspecify.annotations.NullMarked;
