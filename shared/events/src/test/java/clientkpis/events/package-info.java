@NullMarked
package clientkpis.events;

import org.jspecify.annotations.NullMarked;
