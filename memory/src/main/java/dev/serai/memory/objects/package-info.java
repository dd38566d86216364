/** The store of memory objects in the database. */
@NullMarked
package dev.serai.memory.objects;

import org.jspecify.annotations.NullMarked;
