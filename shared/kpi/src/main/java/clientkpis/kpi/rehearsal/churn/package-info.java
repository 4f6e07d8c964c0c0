/// Churn as a fact: who was a customer on which day, who left and when, and what is not known yet.
@NullMarked
package clientkpis.kpi.rehearsal.churn;

import org.jspecify.annotations.NullMarked;
