/** What every dialect needs that says another's requests in its own words. */
@NullMarked
package dev.serai.adapters.dialects.translation;

import org.jspecify.annotations.NullMarked;
