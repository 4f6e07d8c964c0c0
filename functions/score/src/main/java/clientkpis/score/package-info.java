/// From a client's fields to rules, score, history and situation.
@NullMarked
package clientkpis.score;

import org.jspecify.annotations.NullMarked;
