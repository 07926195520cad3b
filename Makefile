# The two commands are `make run` and `make test`; `make help` lists the rest.
.PHONY: build run dev test check dev-echo bench clean help

build: ## Compile and put together the application folder and its AOT cache
	@build/assemble.sh

run: build ## Build and start the gateway on port 8080 with the default configuration
	@./sluice run

dev: run ## The same as run; only what changed is built again

test: build ## Everything: format, compile gates, unit tests, end-to-end tests
	@build/mvn.sh spotless:check verify

check: ## The quick part of it: format, compile gates, unit tests
	@build/mvn.sh spotless:check verify '-Dsurefire.excludes=**/*IT.java,**/*$$*'

dev-echo: build ## Two clients meet at a gateway on port 4100 (ECHO_HOST, ECHO_PORT), one hears the other
	@./sluice dev-echo

bench: build ## Side by side with nginx and others; prints numbers, fails nothing
	@bench/run.sh

clean: ## Remove everything that was built
	@build/mvn.sh --quiet clean

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 16
