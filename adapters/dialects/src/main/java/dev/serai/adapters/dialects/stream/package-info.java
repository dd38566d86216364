/** How streams of server-sent events are read, whatever dialect they are in. */
@NullMarked
package dev.serai.adapters.dialects.stream;

import org.jspecify.annotations.NullMarked;
