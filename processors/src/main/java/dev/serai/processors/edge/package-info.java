/**
 * The steps that end every public route, as the configuration {@code edge} in {@code
 * routes/chat.camel.yaml} says: a failure is written, the call is settled. The HTTP server is in
 * {@code gateway/edge}.
 */
@NullMarked
package dev.serai.processors.edge;

import org.jspecify.annotations.NullMarked;
