/**
 * How an exchange goes from one route to the next: by a call, on the thread it is on. No lock is
 * taken and nothing is copied, also while routes come and go.
 */
@NullMarked
package dev.serai.gateway.direct;

import org.jspecify.annotations.NullMarked;
