/**
 * HTTP requests and replies as values, without a transport. The server is {@code gateway/edge}, and
 * the client for providers is {@code adapters/upstream}.
 */
@NullMarked
package dev.serai.core.http;

import org.jspecify.annotations.NullMarked;
