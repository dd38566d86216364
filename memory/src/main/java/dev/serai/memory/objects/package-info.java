/** The stores of memory objects in the database and in the heap, and what keeps their index. */
@NullMarked
package dev.serai.memory.objects;

import org.jspecify.annotations.NullMarked;
