/// What a tenant's day costs at list prices: consumed capacity, counted requests, seconds of functions.
@NullMarked
package clientkpis.cost;

import org.jspecify.annotations.NullMarked;
