/// One client: its fields, its scores and their history, its situation, and the evaluation that changes them.
@NullMarked
package clientkpis.kpi.client;

import org.jspecify.annotations.NullMarked;
