/// What a KPI family needs: rows in, timelines of fields out, and the values both are made of. The packages below hold
/// the model that the fields feed. All of it is pure: no clock, no AWS.
@NullMarked
package clientkpis.kpi;

import org.jspecify.annotations.NullMarked;
