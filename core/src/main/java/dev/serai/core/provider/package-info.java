/** Configured providers, their keys and their health. */
@NullMarked
package dev.serai.core.provider;

import org.jspecify.annotations.NullMarked;
