/** Requests of clients, one type for each kind. */
@NullMarked
package dev.serai.core.request;

import org.jspecify.annotations.NullMarked;
