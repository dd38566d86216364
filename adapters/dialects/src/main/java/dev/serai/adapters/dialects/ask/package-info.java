/**
 * The surface {@code POST /v1/ask}: a prompt with the quality, the cost and the latency that are
 * wanted, answered in lines of JSON. No provider speaks it. {@link
 * dev.serai.adapters.dialects.ask.AskSurface} is the entry point.
 */
@NullMarked
package dev.serai.adapters.dialects.ask;

import org.jspecify.annotations.NullMarked;
