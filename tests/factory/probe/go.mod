module sources.invalid/probe

go 1.24
