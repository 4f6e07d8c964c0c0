package clientkpis.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a component of an event means, and what it may hold beyond its type. On an event's record, what the event
/// means.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
@interface Field {
    /// The meaning, in full sentences. Names of fields and literal values are in backticks.
    String value();

    /// When the component is present; exactly the components that may be null have it.
    String when() default "";

    /// The texts that it may hold. An enum's constants need not be listed.
    String[] oneOf() default {};

    /// Whether later releases may add values without notice.
    boolean open() default false;

    String pattern() default "";

    /// The smallest number, or the least length of a text or list. Without it, a text has at least 1 character, a whole
    /// number is not negative, and anything else is unbounded. `NEGATIVE_INFINITY` removes these bounds.
    double min() default Double.NaN;

    /// A number that the value is greater than.
    double above() default Double.NaN;

    /// The greatest number, or the greatest length of a list.
    double max() default Double.NaN;

    /// Whether the elements of a list differ.
    boolean unique() default false;
}
