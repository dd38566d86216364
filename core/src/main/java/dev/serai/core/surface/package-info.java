/** What clients speak beside chat. A chat's surface stands beside its call. */
@NullMarked
package dev.serai.core.surface;

import org.jspecify.annotations.NullMarked;
