/**
 * Limits of the gateway: what is asked of them, what is taken, and how it is given back. A limit
 * that needs no plan, such as a rate, implements {@code Limit}; the step {@code admit-call} asks
 * all of these. Rates are counted in {@code rate}; budgets need a plan and are in {@code budget};
 * limits of connections to providers are in {@code net}.
 */
@NullMarked
package dev.serai.core.limit;

import org.jspecify.annotations.NullMarked;
