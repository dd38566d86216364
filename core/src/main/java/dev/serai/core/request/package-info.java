/** What callers ask of models, chat aside: each kind of request is one type. */
@NullMarked
package dev.serai.core.request;

import org.jspecify.annotations.NullMarked;
