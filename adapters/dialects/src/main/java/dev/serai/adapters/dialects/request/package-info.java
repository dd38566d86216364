/** Requests as bytes of the caller, parsed into core types when needed. */
@NullMarked
package dev.serai.adapters.dialects.request;

import org.jspecify.annotations.NullMarked;
