/** Steps of single adapters that no dialect has in common with another. */
@NullMarked
package dev.serai.processors.adapter;

import org.jspecify.annotations.NullMarked;
