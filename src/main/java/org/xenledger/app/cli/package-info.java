/** The program {@code xenledger}: its commands and what they print. */
package org.xenledger.app.cli;
