/** Guards: what checks the texts of requests and responses, and what it finds. */
@NullMarked
package dev.serai.core.guard;

import org.jspecify.annotations.NullMarked;
