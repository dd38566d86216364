/**
 * The steps of {@code routes/responses.camel.yaml}, and the listener that stores responses. The
 * store is in {@code memory}.
 */
@NullMarked
package dev.serai.processors.responses;

import org.jspecify.annotations.NullMarked;
