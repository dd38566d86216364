/** What requests about memory objects ask for. */
@NullMarked
package dev.serai.core.memory.request;

import org.jspecify.annotations.NullMarked;
