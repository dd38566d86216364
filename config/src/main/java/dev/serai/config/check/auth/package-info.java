/** Finds mistakes in the settings of callers: keys, roles and issuers. */
@NullMarked
package dev.serai.config.check.auth;

import org.jspecify.annotations.NullMarked;
