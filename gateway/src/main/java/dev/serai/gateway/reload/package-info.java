/**
 * Watches folders of route files: loads new and changed files while the gateway serves, and refuses
 * files that cannot be loaded.
 */
@NullMarked
package dev.serai.gateway.reload;

import org.jspecify.annotations.NullMarked;
