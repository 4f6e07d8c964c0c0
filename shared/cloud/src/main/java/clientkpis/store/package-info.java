/// What is stored, and where: one adapter per table or kind of object; every key is built in `Keys`.
@NullMarked
package clientkpis.store;

import org.jspecify.annotations.NullMarked;
