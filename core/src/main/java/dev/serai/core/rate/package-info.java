/**
 * Rates: how many requests and tokens a key, a tenant, a model or a provider may have in a window,
 * and how many calls at once. The step that applies them is in {@code processors}.
 */
@NullMarked
package dev.serai.core.rate;

import org.jspecify.annotations.NullMarked;
