/// How the portfolio's MRR moved, by the closes of months.
@NullMarked
package clientkpis.report.money;

import org.jspecify.annotations.NullMarked;
