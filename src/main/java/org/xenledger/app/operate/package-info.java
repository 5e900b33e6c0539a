/**
 * Plugging and unplugging from the command line: what was asked for becomes an intent, and what earlier processes left half
 * done is taken up again. The only place of the program that lets operations begin.
 */
package org.xenledger.app.operate;
