/**
 * JSON and event streams as bytes: what every dialect of HTTP providers needs. A strict walk that
 * builds nothing, a splice that changes spans and leaves the rest, a writer, and a splitter for
 * server-sent events.
 */
@NullMarked
package dev.serai.adapters.dialects.json;

import org.jspecify.annotations.NullMarked;
