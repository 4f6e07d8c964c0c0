/// The model: fields, timelines, indicators, SenseScore, history, variation and situation. Pure: no clock, no AWS.
@NullMarked
package clientkpis.kpi;

import org.jspecify.annotations.NullMarked;
