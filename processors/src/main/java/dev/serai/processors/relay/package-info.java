/**
 * The steps that read requests other than chat and write their replies: embeddings, and requests
 * that are forwarded unchanged.
 */
@NullMarked
package dev.serai.processors.relay;

import org.jspecify.annotations.NullMarked;
