/**
 * Requests of clients, one type for each kind: chat, embeddings, and requests that are forwarded.
 * Surfaces read them from HTTP requests.
 */
@NullMarked
package dev.serai.core.request;

import org.jspecify.annotations.NullMarked;
