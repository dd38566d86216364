/** Tools of clients and the calls of them, as all dialects read and write them. It runs none. */
@NullMarked
package dev.serai.adapters.dialects.tool;

import org.jspecify.annotations.NullMarked;
