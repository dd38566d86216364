/** Settings as records; each record is the one home of its defaults. */
package dev.serai.config;
