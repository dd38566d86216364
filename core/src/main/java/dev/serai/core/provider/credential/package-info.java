/**
 * Keys of providers that are stored encrypted, and the master keys that they are encrypted with.
 */
@NullMarked
package dev.serai.core.provider.credential;

import org.jspecify.annotations.NullMarked;
