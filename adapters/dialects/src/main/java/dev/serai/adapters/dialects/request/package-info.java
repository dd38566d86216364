/** Requests as callers' bytes: where their members are, and what is understood only when asked. */
@NullMarked
package dev.serai.adapters.dialects.request;

import org.jspecify.annotations.NullMarked;
