/** HTTP requests and replies as values, without a transport. */
@NullMarked
package dev.serai.core.http;

import org.jspecify.annotations.NullMarked;
