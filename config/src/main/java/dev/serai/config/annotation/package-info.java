/**
 * Marks components of settings records: what is required or secret, which range a number has, and
 * what has a short form. The binder and the reference page read them. Also the types of values that
 * only settings have.
 */
@NullMarked
package dev.serai.config.annotation;

import org.jspecify.annotations.NullMarked;
