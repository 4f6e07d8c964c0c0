/// Trainings as fields.
@NullMarked
package clientkpis.trainings;

import org.jspecify.annotations.NullMarked;
