/** Settings of the callers: their API keys and what these may do. */
@NullMarked
package dev.serai.config.auth;

import org.jspecify.annotations.NullMarked;
