/** The gateway as a process, and as an object that tests start. */
@NullMarked
package dev.serai.gateway;

import org.jspecify.annotations.NullMarked;
