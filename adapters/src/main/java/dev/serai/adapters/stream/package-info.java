/** How streams of server-sent events are read, whatever dialect they are in. */
@NullMarked
package dev.serai.adapters.stream;

import org.jspecify.annotations.NullMarked;
